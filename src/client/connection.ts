import type { Command, EngineEvent } from "../protocol/messages";

/** A running engine, in a worker or elsewhere. */
export interface Connection {
  /** @throws DataCloneError for values that cannot be sent to a worker */
  send(command: Command): void;
  terminate(): void;
}

export interface ConnectionHandlers {
  onEvent(event: EngineEvent): void;
  /** The engine has died and will not answer. `cause` is one sentence. */
  onDeath(cause: string): void;
}

export type Connect = (handlers: ConnectionHandlers) => Connection;
