import {
  instantiate,
  orderOf,
  orderWords,
  type StepFunction,
  sentMessages,
  type ThreadAnswer,
  type ThreadOrder,
} from "./protocol";

/** A thread of compiled steps: it waits for orders in shared memory, and reads messages about new steps in between. */

type Start = Extract<ThreadOrder, { kind: "start" }>;

const steps = new Map<number, StepFunction>();
let started: Start | undefined;
/** Messages read. */
let read = 0;

/** Looks before a thread goes to sleep: steps follow each other within less. */
const looks = 20_000;

/** Runs steps as they are ordered, until there are messages to read. */
function serve({ control, thread }: Start): void {
  const wordOf = (word: keyof typeof orderWords) => orderOf(thread) + orderWords[word];
  const load = (word: keyof typeof orderWords) => Atomics.load(control, wordOf(word));
  for (;;) {
    // Looked at first: whatever comes after it is not slept through.
    const seen = load("signals");
    const orders = load("orders");
    if (orders !== load("done")) {
      const began = performance.now();
      steps.get(load("step"))?.(load("place"), load("threads"));
      Atomics.store(control, wordOf("microseconds"), Math.ceil(1_000 * (performance.now() - began)));
      Atomics.store(control, wordOf("done"), orders);
    }
    if (Atomics.load(control, sentMessages) !== read) return;
    for (let i = 0; i < looks && load("signals") === seen; i++);
    while (load("signals") === seen) Atomics.wait(control, wordOf("signals"), seen);
  }
}

addEventListener("message", ({ data }: MessageEvent<ThreadOrder>) => {
  read++;
  if (data.kind === "start") started = data;
  else if (data.kind === "forget") steps.delete(data.step);
  else if (started) steps.set(data.step, instantiate(data.module, started.memory));
  if (!started) return;
  postMessage({ ready: true } satisfies ThreadAnswer);
  serve(started);
});
