import { connect, createServer, type Socket } from 'node:net';

/** Stands between the processes and a service: what the network does to them, a test decides. */
export interface Proxy {
  port: number;
  /** Connections end, and new ones are refused. */
  refuse(): Promise<void>;
  /** Connections stay, but nothing passes any more; new ones are accepted and not answered. */
  silence(): void;
  /** Everything passes again; what was silent meanwhile is lost. */
  pass(): Promise<void>;
  /** Ends every connection once; new ones pass. */
  cut(): void;
  close(): Promise<void>;
}

export async function startProxy(targetPort: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => undefined);
    near.on('close', () => sockets.delete(near));
    if (silent) return;
    const far = connect(targetPort, '127.0.0.1');
    sockets.add(far);
    far.on('error', () => near.destroy());
    far.on('close', () => {
      sockets.delete(far);
      near.destroy();
    });
    near.on('close', () => far.destroy());
    near.pipe(far);
    far.pipe(near);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  const { port } = address;
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  const stopListening = (): Promise<void> =>
    new Promise((resolve) => {
      if (!server.listening) return resolve();
      server.close(() => resolve());
      cut();
    });
  return {
    port,
    cut,
    refuse: stopListening,
    silence() {
      silent = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    async pass() {
      silent = false;
      cut();
      if (!server.listening) await listen(port);
    },
    close: stopListening,
  };
}
