import type { Command, EngineEvent } from "../protocol/messages";

/** A running engine, wherever it runs. */
export interface Connection {
  /** @throws DataCloneError for what cannot cross to a worker */
  send(command: Command): void;
  terminate(): void;
}

export interface ConnectionHandlers {
  onEvent(event: EngineEvent): void;
  /** The engine will not answer any more. `cause` is one sentence. */
  onDeath(cause: string): void;
}

export type Connect = (handlers: ConnectionHandlers) => Connection;
