// An agent's line to the desk, which can be cut, or be slow to bring what the desk says.

export class Line {
  #isCut = false;
  #isHeld = false;
  #held = [];
  #sockets = new Set();

  /** Puts the line between a page and the desk; before the page is opened. */
  async between(page) {
    await page.routeWebSocket(/ws\/agent/, (socket) => {
      if (this.#isCut) return socket.close({ code: 1001 });
      const server = socket.connectToServer();
      this.#sockets.add({ socket, server });
      server.onMessage((text) => (this.#isHeld ? this.#held.push(() => socket.send(text)) : socket.send(text)));
    });
  }

  async cut() {
    this.#isCut = true;
    for (const { socket, server } of this.#sockets) {
      await server.close({ code: 1001 });
      await socket.close({ code: 1001 });
    }
    this.#sockets.clear();
  }

  mend() {
    this.#isCut = false;
  }

  /** What the desk says waits on the way. */
  hold() {
    this.#isHeld = true;
  }

  letGo() {
    this.#isHeld = false;
    for (const bring of this.#held.splice(0)) bring();
  }
}
