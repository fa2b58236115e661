import { Component, type ReactNode } from "react";
import { texts } from "../texts/texts";

/** A part of the page that may fail to load, for example offline; the rest of the page stays. */
export class Part extends Component<{ children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <p className="empty" role="status">
        {texts().page.partFailed}
      </p>
    );
  }
}
