/** A file is no model, or none that can teach here. The message is one sentence for the visitor. */
export class ModelUnreadable extends Error {
  constructor(cause: string) {
    super(cause);
    this.name = "ModelUnreadable";
  }
}
