import { type Command, type EngineEvent, transferables } from "../protocol/messages";
import { Session } from "./session";

const session = new Session((event: EngineEvent) => postMessage(event, { transfer: transferables(event) }));

addEventListener("message", ({ data }: MessageEvent<Command>) => session.receive(data));
