// An agent without the console's screens: signs in and speaks the agent's protocol from a page of the desk.
import { randomUUID } from 'node:crypto';
import { newPage } from './browser.mjs';

const ACCOUNT = { email: 'maya@shop.example', name: 'Maya Kern', password: 'a-long-enough-password' };

export class Agent {
  static async open(browser, desk) {
    const agent = new Agent();
    agent.page = await newPage(browser, { bypassCSP: true });
    const link = new URL(desk.setUpLink);
    await agent.page.goto(`${desk.url}/robots.txt`);
    const status = await agent.page.evaluate(
      async ([token, account]) => {
        const body = JSON.stringify({ token, ...account });
        return (await fetch('/api/v1/setup', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
      },
      [new URLSearchParams(link.hash.slice(1)).get('setup'), ACCOUNT],
    );
    if (status >= 300) throw new Error(`the first agent cannot be made: ${status}`);
    await agent.connect();
    return agent;
  }

  async connect() {
    await this.page.evaluate(() => new Promise((done, fail) => {
      window.frames_ = [];
      window.socket = new WebSocket(`ws://${location.host}/ws/agent`, 'frontdesk.v1');
      socket.onopen = () => socket.send('{"type":"hello"}');
      socket.onerror = () => fail(new Error('no socket'));
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        frames_.push(frame);
        if (frame.type === 'welcome') done();
      };
    }));
    await this.becomes('online');
  }

  send(frame) {
    return this.page.evaluate((text) => socket.send(text), JSON.stringify({ client_id: randomUUID(), ...frame }));
  }

  becomes(availability) {
    return this.send({ type: 'set_availability', availability });
  }

  /** The conversation that waits longest; waits until there is one. */
  async waiting() {
    const handle = await this.page.waitForFunction(() => frames_.findLast((frame) => frame.type === 'queue')?.entries.find((entry) => entry.status === 'waiting')?.conversation);
    return handle.jsonValue();
  }

  async claims() {
    const conversation = await this.waiting();
    await this.send({ type: 'claim', conversation });
    return conversation;
  }
}
