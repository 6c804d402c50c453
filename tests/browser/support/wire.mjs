// A wire between browser and desk that can be cut.
import { connect, createServer } from 'node:net';

export class Wire {
  static async to(desk) {
    const wire = new Wire();
    wire.ends = new Set();
    wire.server = createServer((near) => {
      const far = connect(desk.port, '127.0.0.1');
      for (const end of [near, far]) {
        wire.ends.add(end);
        end.on('error', () => {}).on('close', () => wire.ends.delete(end));
      }
      near.pipe(far).on('close', () => near.destroy());
      far.pipe(near).on('close', () => far.destroy());
    });
    await new Promise((done) => wire.server.listen(0, '127.0.0.1', done));
    wire.url = `http://127.0.0.1:${wire.server.address().port}`;
    return wire;
  }

  /** Everything that is connected now breaks off, in the middle of whatever it was saying. */
  cut() {
    for (const end of this.ends) end.destroy();
  }

  close() {
    this.cut();
    return new Promise((done) => this.server.close(done));
  }
}
