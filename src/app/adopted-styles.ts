import { useEffect } from "react";

/**
 * Replaces the package `react-style-singleton` (see vite.config.ts), which the dialog library uses to stop the page
 * from scrolling. The original writes a <style> element, which the Content-Security-Policy forbids; an adopted style
 * sheet is allowed.
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
    /** Returns the function that removes it. The first user's style stays until the last user leaves. */
    add: (css: string) => {
      if (users++ === 0) adopt(css);
      return () => {
        if (--users === 0) drop();
      };
    },
  };
}

/** A component whose style applies while it is mounted; all instances share one sheet. */
export function styleSingleton() {
  const shared = createSharedSheet();
  return function AdoptedStyle({ styles }: { styles: string }) {
    useEffect(() => shared.add(styles), [styles]);
    return null;
  };
}
