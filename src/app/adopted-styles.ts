import { useEffect } from "react";

/**
 * Stands in for the package `react-style-singleton` (vite.config.ts says so), with which the dialogs' library stops the
 * page from scrolling. The original writes a <style> element, which the Content-Security-Policy forbids; a style sheet
 * that is adopted is none.
 */
function createSharedSheet() {
  let users = 0;
  let sheet: CSSStyleSheet | undefined;
  const adopt = (css: string) => {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
  const drop = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
  return {
    /** Returns how to give it up. The first user's style holds until the last one goes. */
    add: (css: string) => {
      if (users++ === 0) adopt(css);
      return () => {
        if (--users === 0) drop();
      };
    },
  };
}

/** A component that holds while it is mounted; all of its instances share one sheet. */
export function styleSingleton() {
  const shared = createSharedSheet();
  return function AdoptedStyle({ styles }: { styles: string }) {
    useEffect(() => shared.add(styles), [styles]);
    return null;
  };
}
