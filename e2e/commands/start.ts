import { spawn } from "node:child_process";
import { servePage } from "../build/serve";

/** `npm start`: builds the page, serves it, prints its address, and opens it if there is a display. */
const { address } = await servePage();
console.log(`\nRetort is served at ${address} — open it in Chrome. Stop with Ctrl+C.`);

const hasDisplay =
  process.platform !== "linux" || Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
if (hasDisplay && !process.env["CI"]) {
  const opener = { darwin: "open", win32: "explorer" }[process.platform as string] ?? "xdg-open";
  spawn(opener, [address], { stdio: "ignore", detached: true })
    .on("error", () =>
      console.log(`No program «${opener}» to open a browser with: open the address by hand.`),
    )
    .unref();
}
