import { useEffect, useRef } from "react";
import { nodesOfMarkdown } from "./markdown";

/** Rendered notes. */
export default function NotesText({ text }: { text: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.replaceChildren(nodesOfMarkdown(text)), [text]);
  return <div ref={box} className="notes-text" />;
}
