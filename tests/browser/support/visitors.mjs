// Visitors without a widget: sockets in one bare page, every frame of which is kept.
import { newPage } from './browser.mjs';

/** In the page: opens sockets and remembers what comes. */
function prepare() {
  window.visitors = new Map();
  window.openVisitor = (name, hello) =>
    new Promise((done, failed) => {
      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws/visitor', 'frontdesk.v1');
      const visitor = { socket, frames: [] };
      window.visitors.set(name, visitor);
      socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', ...hello }));
      socket.onerror = () => failed(new Error('refused'));
      socket.onclose = (close) => failed(new Error(`closed ${close.code}`));
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        visitor.frames.push(frame);
        if (frame.type === 'welcome') done(frame.token);
      };
    });
  window.sendAs = (name, frame) =>
    window.visitors.get(name).socket.send(JSON.stringify({ client_id: crypto.randomUUID(), ...frame }));
}

export class Visitors {
  static async open(browser, desk) {
    const visitors = new Visitors();
    // The page is bare and forbids everything; sockets of its own origin are needed.
    visitors.page = await newPage(browser, { bypassCSP: true });
    await visitors.page.goto(`${desk.url}/healthz`);
    await visitors.page.evaluate(prepare);
    return visitors;
  }

  /** A visitor whom we call by this name, and who gives it unless they are unknown; with a page and a language. */
  async arrives(name, { email, title = 'Elm sofa, 3 seats', locale = 'en', isUnknown = false, ...more } = {}) {
    const page = { url: 'https://fernhill.example/elm', title, referrer: more.referrer };
    const identity = { name, ...(email && { email }), ...(more.attributes && { attributes: more.attributes }) };
    const hello = { locale, page, time_zone: more.timeZone, ...(!isUnknown && { identity }) };
    await this.page.evaluate(([who, first]) => window.openVisitor(who, first), [name, hello]);
  }

  says(name, text) {
    return this.sends(name, { type: 'send_message', text });
  }

  /** Asks for a person, and waits until the desk has written that down. */
  async asksForPerson(name) {
    await this.sends(name, { type: 'request_agent' });
    await this.hears(name, (frame) => frame.type === 'status' && frame.status !== 'with_bot');
  }

  sends(name, frame) {
    return this.page.evaluate(([who, what]) => window.sendAs(who, what), [name, frame]);
  }

  /** Waits for a frame; the test is a function of the frame alone. */
  async hears(name, isMeant) {
    const source = isMeant.toString();
    await this.page.waitForFunction(
      ([who, test]) => window.visitors.get(who).frames.some(new Function(`return ${test}`)()),
      [name, source],
    );
  }

  /** Waits until the bot has said so many things to this visitor. */
  async hasHeardFromBot(name, times) {
    await this.page.waitForFunction(
      ([who, count]) => window.visitors.get(who).frames.filter((frame) => frame.author?.kind === 'bot').length >= count,
      [name, times],
    );
  }

  /** Every frame that this visitor got. */
  frames(name) {
    return this.page.evaluate((who) => window.visitors.get(who).frames, name);
  }

  leaves(name) {
    return this.page.evaluate((who) => {
      const { socket } = window.visitors.get(who);
      socket.onclose = null;
      socket.close();
    }, name);
  }
}

/** Whether a frame is this text, said by an agent; to be built with the text inside. */
export function saidByAgent(text) {
  return new Function('frame', `return frame.type === 'event' && frame.kind === 'message' && frame.author.kind === 'agent' && frame.text === ${JSON.stringify(text)}`);
}
