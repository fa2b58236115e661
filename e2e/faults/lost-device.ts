import type { CDPSession, Page } from "playwright";

interface Attached {
  readonly sessionId: string;
  readonly targetInfo: { readonly url: string };
}

/** Calls `destroy()` of every GPU device that the page's engine holds. @throws Error if it has none */
export async function destroyDevices(page: Page, isEngine: (url: string) => boolean): Promise<void> {
  const session = await page.context().newCDPSession(page);
  try {
    const sessionId = await attach(session, isEngine);
    const { result } = await ask<{ result: Remote }>(session, sessionId, "Runtime.evaluate", {
      expression: "GPUDevice.prototype",
    });
    // Finds them on the heap, since the page does not expose its devices.
    const { objects } = await ask<{ objects: Remote }>(session, sessionId, "Runtime.queryObjects", {
      prototypeObjectId: result.objectId,
    });
    const destroyed = await ask<{ result: { value: number } }>(session, sessionId, "Runtime.callFunctionOn", {
      objectId: objects.objectId,
      functionDeclaration: "function () { for (const device of this) device.destroy(); return this.length; }",
      returnByValue: true,
    });
    if (destroyed.result.value === 0) throw new Error("The engine has no device.");
  } finally {
    await session.detach();
  }
}

interface Remote {
  readonly objectId: string;
}

/** A debugging session with the worker, which is not a target of its own when attaching to pages. */
async function attach(session: CDPSession, isEngine: (url: string) => boolean): Promise<string> {
  const found = new Promise<string>((resolve) => {
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }: Attached) => {
      if (isEngine(targetInfo.url)) resolve(sessionId);
    });
  });
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return found;
}

let asked = 0;

/** @throws Error with the browser's message if it refuses */
function ask<Answer>(
  session: CDPSession,
  sessionId: string,
  method: string,
  params: object,
): Promise<Answer> {
  const id = ++asked;
  return new Promise((resolve, reject) => {
    const hear = ({ message }: { message: string }) => {
      const heard = JSON.parse(message) as { id?: number; result?: Answer; error?: { message: string } };
      if (heard.id !== id) return;
      session.off("Target.receivedMessageFromTarget", hear);
      if (heard.result) resolve(heard.result);
      else reject(new Error(heard.error?.message ?? `${method} has no answer.`));
    };
    session.on("Target.receivedMessageFromTarget", hear);
    const message = JSON.stringify({ id, method, params });
    session.send("Target.sendMessageToTarget", { sessionId, message }).catch(reject);
  });
}
