import {
  controlWords,
  instantiate,
  orderOf,
  orderWords,
  type StepFunction,
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
function serve({ control, thread }: Start, seen: number): void {
  const load = (word: keyof typeof controlWords) => Atomics.load(control, controlWords[word]);
  const order = orderOf(thread);
  let generation = seen;
  while (load("sent") === read) {
    for (let i = 0; i < looks && load("generation") === generation; i++);
    while (load("generation") === generation) Atomics.wait(control, controlWords.generation, generation);
    generation = load("generation");
    if (load("sent") !== read) return;
    const threads = Atomics.load(control, order + orderWords.threads);
    if (threads > 0) {
      const place = Atomics.load(control, order + orderWords.place);
      steps.get(Atomics.load(control, order + orderWords.step))?.(place, threads);
    }
    Atomics.add(control, controlWords.done, 1);
  }
}

addEventListener("message", ({ data }: MessageEvent<ThreadOrder>) => {
  read++;
  if (data.kind === "start") started = data;
  else if (data.kind === "forget") steps.delete(data.step);
  else if (started) steps.set(data.step, instantiate(data.module, started.memory));
  if (!started) return;
  // Looked at before the answer: whatever comes after that is an order.
  const generation = Atomics.load(started.control, controlWords.generation);
  postMessage({ ready: true } satisfies ThreadAnswer);
  serve(started, generation);
});
