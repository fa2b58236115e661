import { type FunctionWriter, type Local, V128 } from "../assembler/function-writer";

/**
 * Winograd's transforms along one axis of tiles of four results, for filters of three taps: of the points 0, 1, −1, 2, −2 and ∞.
 * Lavin and Gray 2016, "Fast algorithms for convolutional neural networks", §4.3. A filter's gradient takes the products of a
 * convolution with the roles of filter and result exchanged; it leaves the factors of a filter's transform to the way back.
 */

/** Results per side of a tile, and numbers of the images that they meet. */
export const [side, reach] = [4, 6];

/** Takes a result by its place: `write` leaves it on the stack. */
export type Put = (place: number, write: () => void) => void;

/** Numbers become others. */
export type Transform = (f: FunctionWriter, numbers: readonly Local[], put: Put) => void;

function withLocals(f: FunctionWriter, count: number, write: (locals: readonly Local[]) => void): void {
  const locals = f.manyLocals(V128, count);
  write(locals);
  f.release(V128, ...locals);
}

/** a · factor + b. */
const scaled = (f: FunctionWriter, a: Local, factor: number, b: Local): FunctionWriter =>
  f.get(a).constantV(factor).get(b).multiplyAdd();

/** Six numbers of an image become six others. */
export const transformImage: Transform = (f, d, put) => {
  const [d0, d1, d2, d3, d4, d5] = d as [Local, Local, Local, Local, Local, Local];
  withLocals(f, 2, ([even = 0, odd = 0]) => {
    scaled(f, d2, -5, d4).set(even);
    put(0, () => scaled(f, d0, 4, even));
    scaled(f, d2, -4, d4).set(even);
    scaled(f, d1, -4, d3).set(odd);
    put(1, () => f.get(even).get(odd).addV());
    put(2, () => f.get(even).get(odd).subV());
    f.get(d4).get(d2).subV().set(even);
    f.get(d3).get(d1).subV().tee(odd).get(odd).addV().set(odd);
    put(3, () => f.get(even).get(odd).addV());
    put(4, () => f.get(even).get(odd).subV());
    scaled(f, d3, -5, d5).set(even);
    put(5, () => scaled(f, d1, 4, even));
  });
};

/** Four numbers of the gradient of results become six. */
export const transformGradient: Transform = (f, g, put) => {
  const [g0, g1, g2, g3] = g as [Local, Local, Local, Local];
  withLocals(f, 2, ([even = 0, odd = 0]) => {
    put(0, () => f.get(g0));
    f.get(g0).get(g2).addV().set(even).get(g1).get(g3).addV().set(odd);
    put(1, () => f.get(even).get(odd).addV());
    put(2, () => f.get(even).get(odd).subV());
    scaled(f, g2, 4, g0).set(even);
    scaled(f, g3, 4, g1).tee(odd).get(odd).addV().set(odd);
    put(3, () => f.get(even).get(odd).addV());
    put(4, () => f.get(even).get(odd).subV());
    put(5, () => f.get(g3));
  });
};

/** Six sums of products become the gradients of three taps. */
export const transformToTaps: Transform = (f, m, put) => {
  const [m0, m1, m2, m3, m4, m5] = m as [Local, Local, Local, Local, Local, Local];
  withLocals(f, 2, ([near = 0, far = 0]) => {
    f.get(m1)
      .get(m2)
      .addV()
      .constantV(-1 / 6)
      .mulV()
      .set(near);
    f.get(m3).get(m4).addV().set(far);
    put(0, () =>
      f
        .get(far)
        .constantV(1 / 24)
        .get(m0)
        .constantV(1 / 4)
        .get(near)
        .multiplyAdd()
        .multiplyAdd(),
    );
    put(2, () =>
      f
        .get(far)
        .constantV(1 / 6)
        .get(near)
        .get(m5)
        .addV()
        .multiplyAdd(),
    );
    f.get(m2)
      .get(m1)
      .subV()
      .constantV(1 / 6)
      .mulV()
      .set(near);
    f.get(m3).get(m4).subV().set(far);
    put(1, () => scaled(f, far, 1 / 12, near));
  });
};

/** Three weights become six. */
export const transformWeights: Transform = (f, w, put) => {
  const [w0, w1, w2] = w as [Local, Local, Local];
  withLocals(f, 2, ([even = 0, odd = 0]) => {
    put(0, () =>
      f
        .get(w0)
        .constantV(1 / 4)
        .mulV(),
    );
    f.get(w0)
      .get(w2)
      .addV()
      .constantV(-1 / 6)
      .mulV()
      .set(even);
    put(1, () => scaled(f, w1, -1 / 6, even));
    put(2, () => scaled(f, w1, 1 / 6, even));
    scaled(f, w2, 4, w0)
      .constantV(1 / 24)
      .mulV()
      .set(even);
    f.get(w1)
      .constantV(1 / 12)
      .mulV()
      .set(odd);
    put(3, () => f.get(even).get(odd).addV());
    put(4, () => f.get(even).get(odd).subV());
    put(5, () => f.get(w2));
  });
};

/** Six products become four results. */
export const transformToResults: Transform = (f, m, put) => {
  const [m0, m1, m2, m3, m4, m5] = m as [Local, Local, Local, Local, Local, Local];
  withLocals(f, 2, ([near = 0, far = 0]) => {
    f.get(m1).get(m2).addV().set(near).get(m3).get(m4).addV().set(far);
    put(0, () => f.get(m0).get(near).addV().get(far).addV());
    put(2, () => scaled(f, far, 4, near));
    f.get(m1).get(m2).subV().set(near).get(m3).get(m4).subV().set(far);
    put(1, () => scaled(f, far, 2, near));
    put(3, () => scaled(f, far, 8, near).get(m5).addV());
  });
};
