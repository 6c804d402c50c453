// A console that was built apart, before the program: its looks change without a compiler.
import { createReadStream } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { extname, join } from 'node:path';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Answers for `/console` from the folder, and passes everything else on to the program at `port`; gives its own port. */
export async function serveApart(folder, port) {
  const server = createServer((asked, answer) => {
    const [path] = asked.url.split('?');
    const file = path.startsWith('/console/') && path.slice('/console/'.length);
    if (file) return sendFile(join(folder, file), answer);
    const passed = request({ port, host: '127.0.0.1', method: asked.method, path: asked.url, headers: asked.headers }, (reply) => {
      if (path === '/console') return sendPage(folder, reply, answer);
      answer.writeHead(reply.statusCode, reply.headers);
      reply.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  server.on('upgrade', (asked, near, head) => {
    const far = connect(port, '127.0.0.1');
    const lines = asked.rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${asked.rawHeaders[at + 1]}`] : []));
    far.write([`GET ${asked.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    far.write(head);
    for (const [one, other] of [[near, far], [far, near]]) one.on('error', () => other.destroy()).pipe(other);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

/** With what the program allows its own page, so that nothing works here that would not work there. */
function sendPage(folder, reply, answer) {
  answer.setHeader('content-security-policy', reply.headers['content-security-policy'] ?? '');
  reply.resume();
  sendFile(join(folder, 'index.html'), answer);
}

function sendFile(file, answer) {
  answer.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
  createReadStream(file).on('error', () => answer.writeHead(404).end()).pipe(answer);
}
