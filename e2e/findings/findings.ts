import { writeFindings } from "./write";

/** `npm run findings` answers the findings from their recorded comparisons anew, which `npm run record` does as well. */
await writeFindings();
