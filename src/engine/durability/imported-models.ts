import { namedByHash } from "./named-by-hash";

/** Models that may teach: few, since each can have hundreds of megabytes. */
export const { keep: keepModel, find: findModel } = namedByHash("imported-models", 4);
