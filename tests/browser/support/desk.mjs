// The real program on a free port, with the demo's articles and a data folder of its own.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveApart } from './apart.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PROGRAM = process.env.FRONTDESK ?? join(ROOT, 'target/debug/frontdesk');
/** A folder with a console that is shown instead of the program's own. */
const CONSOLE = process.env.FRONTDESK_CONSOLE;
const READY_WITHIN_MS = 60_000;

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** No limit that a story would run into: many visitors come from one address here. */
const UNLIMITED = {
  FRONTDESK_LIMITS__MESSAGES_PER_MINUTE: '0',
  FRONTDESK_LIMITS__CONVERSATIONS_PER_HOUR: '0',
  FRONTDESK_LIMITS__VISITORS_PER_MINUTE: '0',
  FRONTDESK_LIMITS__ESCALATIONS_PER_HOUR: '0',
  FRONTDESK_LIMITS__CONNECTIONS_PER_ADDRESS: '0',
};

export class Desk {
  /**
   * @param {Record<string, string>} settings environment variables
   * @param {string} articles the folder of articles
   */
  static async open(settings = {}, articles = 'knowledge-base') {
    const desk = new Desk();
    Object.assign(desk, { settings, articles });
    desk.data = await mkdtemp(join(tmpdir(), 'frontdesk-'));
    desk.port = await freePort();
    if (CONSOLE) desk.apart = await serveApart(CONSOLE, desk.port);
    desk.url = `http://127.0.0.1:${desk.apart?.address().port ?? desk.port}`;
    if (CONSOLE) desk.settings = { FRONTDESK_SERVER__PUBLIC_URL: desk.url, ...settings };
    await desk.start();
    return desk;
  }

  /** Starts the program and waits until it says that it is ready. */
  async start() {
    const args = ['serve', '--listen', `127.0.0.1:${this.port}`, '--data', this.data, '--knowledge', this.articles];
    this.process = spawn(PROGRAM, args, { cwd: ROOT, env: { ...process.env, ...UNLIMITED, ...this.settings }, stdio: ['ignore', 'ignore', 'pipe'] });
    this.said = '';
    this.process.stderr.on('data', (text) => (this.said += text));
    const until = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) break;
      if (Date.now() > until || this.process.exitCode !== null) throw new Error(`not ready: ${this.said}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** The one-time link that makes the first agent. */
  get setUpLink() {
    return /http\S+#setup=\S+/.exec(this.said)[0];
  }

  /** Makes an agent beside the running server, as an operator would. */
  async addAgent({ name, email, role }, password) {
    const args = ['agent', 'add', '--email', email, '--name', name, '--role', role, '--password-stdin'];
    const made = spawn(PROGRAM, [...args, '--data', this.data, '--knowledge', this.articles], { cwd: ROOT, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    made.stderr.on('data', (text) => (said += text));
    made.stdin.end(password);
    const code = await new Promise((done) => made.once('exit', done));
    if (code !== 0) throw new Error(`the agent was not made: ${said}`);
  }

  async #end(signal) {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((done) => this.process.once('exit', done));
    this.process.kill(signal);
    await ended;
  }

  /** As a power cut would: no farewell. */
  kill() {
    return this.#end('SIGKILL');
  }

  async close() {
    await this.#end('SIGKILL');
    this.apart?.closeAllConnections();
    this.apart?.close();
    await rm(this.data, { recursive: true, force: true });
  }
}
