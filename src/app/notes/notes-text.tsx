import { useEffect, useRef } from "react";
import { nodesOfMarkdown } from "./markdown";

/** Somebody's notes, as they are meant to be read. */
export default function NotesText({ text }: { text: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.replaceChildren(nodesOfMarkdown(text)), [text]);
  return <div ref={box} className="notes-text" />;
}
