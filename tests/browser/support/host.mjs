// A site of its own that embeds the widget: another origin than the desk's.
import { createServer } from 'node:http';

export class Host {
  /**
   * @param {Record<string, { html: string, headers?: Record<string, string> }>} pages by path
   */
  static async open(pages) {
    const host = new Host();
    host.pages = pages;
    host.server = createServer((request, response) => {
      const page = host.pages[new URL(request.url, 'http://host').pathname];
      response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
      response.end(page?.html ?? '');
    });
    await new Promise((done) => host.server.listen(0, '127.0.0.1', done));
    // `localhost` is another host than the desk's address.
    host.url = `http://localhost:${host.server.address().port}`;
    return host;
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }
}

/** A plain page with the script in it. */
export function pageWith(desk, { head = '', body = '<h1>Shop</h1>', attributes = '' } = {}) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${head}
<script async src="${desk.url}/widget.js" ${attributes}></script></head><body>${body}</body></html>`;
}
