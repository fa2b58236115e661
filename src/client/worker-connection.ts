import type { EngineEvent } from "../protocol/messages";
import type { Connect } from "./connection";

/** The engine in a worker of its own, so that training never blocks the page. The only `new Worker` for it. */
export const connectWorker: Connect = ({ onEvent, onDeath }) => {
  const worker = new Worker(new URL("../engine/worker.ts", import.meta.url), {
    type: "module",
    name: "engine",
  });
  worker.onmessage = ({ data }: MessageEvent<EngineEvent>) => onEvent(data);
  worker.onmessageerror = () => onDeath("It sent a message that could not be read.");
  worker.onerror = (event) => onDeath(event.message || "It could not be loaded.");
  return {
    send: (command) => worker.postMessage(command),
    terminate: () => worker.terminate(),
  };
};
