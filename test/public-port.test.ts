import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'chai';
import { createPublicPort, type PublicPort } from '../src/public-port.ts';
import { startAdServer } from './support/ad-server.ts';

const WORKER = new URL('support/connection-worker.ts', import.meta.url).pathname;

describe('createPublicPort', () => {
  let port: PublicPort;
  let number: number;
  const workers: ChildProcess[] = [];

  beforeEach(async () => {
    port = createPublicPort();
    ({ port: number } = await port.listen('127.0.0.1', 0));
  });
  afterEach(async () => {
    await port.close(0);
    for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  });

  async function startWorker(name: string, order = 'serve'): Promise<ChildProcess> {
    const worker = fork(WORKER, { env: { ...process.env, NAME: name } });
    workers.push(worker);
    await tell(worker, order);
    return worker;
  }
  async function tell(worker: ChildProcess, order: string): Promise<void> {
    worker.send({ order });
    await once(worker, 'message');
  }
  /** Has a process join that hangs; settles when it is given a connection. */
  function joinFrozen(worker: ChildProcess): Promise<void> {
    worker.kill('SIGSTOP');
    return new Promise((resolve) =>
      port.join({
        send: (...handed) => {
          worker.send(...handed);
          resolve();
        },
        on: (_event, hear) => worker.on('message', hear),
        once: (_event, leave) => worker.once('exit', leave),
      }),
    );
  }
  /** Sends a word, and gives all that comes back, or the code of an error. */
  function ask(word: string): Promise<string> {
    const socket = connect(number, '127.0.0.1');
    socket.write(word);
    return new Promise((resolve) => {
      let text = '';
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('error', ({ message }) => resolve(message));
      socket.on('close', () => resolve(text));
    });
  }

  it('gives connections to processes in turn', async () => {
    for (const name of ['a', 'b']) port.join(await startWorker(name));
    const answers = [];
    for (const word of ['1', '2', '3', '4']) answers.push(await ask(word));
    expect(answers).to.deep.equal(['a got 1', 'b got 2', 'a got 3', 'b got 4']);
    const many = await Promise.all(Array.from({ length: 200 }, (_, index) => ask(`${index}`)));
    expect(many.every((answer, index) => answer.endsWith(` got ${index}`))).to.equal(true);
  });

  it('keeps those who come while nobody is there', async () => {
    const asking = ['1', '2', '3'].map(ask);
    port.join(await startWorker('late'));
    expect(await Promise.all(asking)).to.deep.equal(['late got 1', 'late got 2', 'late got 3']);
  });

  it('gives to another what a process had not taken when it died, also where all die at once', async () => {
    const dying = [await startWorker('a'), await startWorker('b')];
    const given = Promise.all(dying.map(joinFrozen));
    const asking = ['1', '2', '3'].map(ask);
    await given;
    const dead = Promise.all(dying.map((worker) => once(worker, 'exit')));
    for (const worker of dying) worker.kill('SIGKILL');
    await dead;
    asking.push(ask('4'));
    port.join(await startWorker('c'));
    expect((await Promise.all(asking)).sort()).to.deep.equal(['c got 1', 'c got 2', 'c got 3', 'c got 4']);
  });

  it('passes over a process that dies with what it is given', async () => {
    port.join(await startWorker('a', 'die'));
    port.join(await startWorker('b'));
    expect(await Promise.all(['1', '2'].map(ask))).to.deep.equal(['b got 1', 'b got 2']);
  });

  it('hands over what has come when it closes, and takes no more', async () => {
    const asking = ask('1');
    const worker = await startWorker('a');
    await joinFrozen(worker);
    const closing = port.close(60_000);
    expect(await ask('2')).to.contain('ECONNREFUSED');
    worker.kill('SIGKILL');
    port.join(await startWorker('b'));
    await closing;
    expect(await asking).to.equal('b got 1');
  });

  it('waits for nobody at the end of its time', async () => {
    const asking = ask('1');
    await joinFrozen(await startWorker('a'));
    await port.close(10);
    workers.forEach((worker) => worker.kill('SIGKILL'));
    expect(await asking).to.not.contain('got');
  });

  it('says of an address that is taken that it is', async () => {
    await using other = await startAdServer();
    const second = createPublicPort();
    const taken = await second
      .listen('127.0.0.1', Number(new URL(other.base).port))
      .catch(({ code }) => code as string);
    expect(taken).to.equal('EADDRINUSE');
  });
});
