import { Socket } from 'node:net';

/** Sees every TCP connection that this process tries to make. */
export type ConnectSpy = {
  /** The addresses, `ip:port`, in order. */
  readonly attempts: readonly string[];
  readonly stop: () => void;
};

/** Watches `connect` of all sockets, TLS ones too, until it is stopped. */
export function spyOnConnects(): ConnectSpy {
  const attempts: string[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the socket as `this` below
  const original = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...args: Parameters<Socket['connect']>): Socket {
    this.on('connectionAttempt', (ip: string, port: number) => attempts.push(`${ip}:${port}`));
    return original.apply(this, args);
  } as Socket['connect'];
  return {
    attempts,
    stop: () => {
      Socket.prototype.connect = original;
    },
  };
}
