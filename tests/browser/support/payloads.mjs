// What somebody may write to make a page do something. Each would set `window.__xss` if it ran.
const RUN = 'window.__xss=1';

const TAGS = [
  `<script>${RUN}</script>`,
  `<ScRiPt>${RUN}</sCrIpT>`,
  `<script/x>${RUN}</script\n>`,
  `<script src="data:text/javascript,${RUN}"></script>`,
  `<script type="module">${RUN}</script>`,
  `<<script>${RUN}//<</script>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `<img src=x onerror=${RUN}>`,
  `<img src=x onerror="${RUN}"//`,
  `<IMG SRC=x OnErRoR=${RUN}>`,
  `<img/src/onerror=${RUN}>`,
  `<img src=x:x onerror\n=${RUN}>`,
  `<image src=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg/onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>x</text></a></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><set attributeName=href to="javascript:${RUN}">`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg' onload='${RUN}'/>#x">`,
  `<math><mtext></table></math><img src onerror=${RUN}>`,
  `<math><mi xlink:href="javascript:${RUN}">x</mi></math>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.__xss=1</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<input autofocus onfocus=${RUN}>`,
  `<body onload=${RUN}>`,
  `<marquee onstart=${RUN}>x</marquee>`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `<form><button formaction="javascript:${RUN}">x</button></form>`,
  `<base href="javascript:/a/">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${RUN}">`,
  `<link rel=stylesheet href="data:text/css,*{display:none}">`,
  `<style>*{display:none!important}</style>`,
  `<style>@import 'https://shop.example/x.css'</style>`,
  `<template><img src=x onerror=${RUN}></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<textarea></textarea><img src=x onerror=${RUN}>`,
  `<frontdesk-widget><template shadowrootmode=open><img src=x onerror=${RUN}></template></frontdesk-widget>`,
];

const LINKS = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `java\tscript:${RUN}`,
  `javascript://shop.example/%0a${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `vbscript:${RUN}`,
  `[click](javascript:${RUN})`,
  `[click](data:text/html;base64,PHNjcmlwdD53aW5kb3cuX194c3M9MTwvc2NyaXB0Pg==)`,
  `![x](javascript:${RUN})`,
  `<javascript:${RUN}>`,
  `https://shop.example/"onmouseover="${RUN}`,
  `https://shop.example/'onmouseover='${RUN}`,
  `https://shop.example/<img src=x onerror=${RUN}>`,
];

const BREAKING_OUT = [
  `"><img src=x onerror=${RUN}>`,
  `'><svg onload=${RUN}>`,
  `--><img src=x onerror=${RUN}>`,
  `</title><script>${RUN}</script>`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `\u2028<img src=x onerror=${RUN}>\u2029`,
];

/** Words that would be more than words. */
export const PAYLOADS = [...TAGS, ...LINKS, ...BREAKING_OUT];

const HANDLERS = ['onerror', 'onload', 'onclick', 'onmouseover', 'onfocus', 'ontoggle', 'onbegin', 'onstart', 'srcdoc', 'formaction'];

/** In every page before its scripts: notes what the page's policy had to stop. */
export function watchPolicy(page) {
  return page.addInitScript(() => {
    window.broken = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => window.broken.push(`${effectiveDirective} ${blockedURI}`));
  });
}

/** Everything in a page, shadow trees too, that somebody's words may have become. */
export function traces(page) {
  return page.evaluate((handlers) => {
    const found = window.__xss ? ['a script has run'] : [];
    const look = (root) => {
      for (const element of root.querySelectorAll('*')) {
        const { localName } = element;
        const isForeign = ['iframe', 'object', 'embed', 'base', 'marquee', 'math', 'video', 'audio', 'frame'].includes(localName);
        const handled = handlers.filter((name) => element.hasAttribute(name));
        const isScript = /^(javascript|data|vbscript):/i.test((element.getAttribute('href') ?? element.getAttribute('src') ?? '').trim());
        const isPicture = localName === 'img' && /^data:image\//.test(element.getAttribute('src') ?? '');
        const isNoIcon = localName === 'link' && element.getAttribute('href') === 'data:,';
        if (isForeign || handled.length > 0 || (isScript && !isPicture && !isNoIcon)) found.push(element.outerHTML.slice(0, 120));
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    look(document);
    return [...found, ...(window.broken ?? [])];
  }, HANDLERS);
}
