import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

/** The methods of tfjs's cpu backend that create, read and dispose of its tensors. */
interface CpuBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: tf.BackendValues): tf.TensorInfo;
  readSync(dataId: object): tf.BackendValues;
  disposeData(dataId: object): boolean;
}

type Outputs = tf.TensorInfo | tf.TensorInfo[];

/** Wraps a kernel of the cpu backend so that it runs on copies of tensors in the WASM heap. */
function borrowed(kernel: tf.KernelConfig): tf.KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const wasm = backend as BackendWasm;
    const cpu = tf.findBackend("cpu") as CpuBackend;
    const copy = (info: tf.TensorInfo) =>
      cpu.makeTensorInfo(info.shape, info.dtype, wasm.readSync(info.dataId));
    const copies = Object.entries(inputs).flatMap(([name, info]) =>
      info ? [[name, copyOf(info)] as const] : [],
    );
    function copyOf(info: tf.TensorInfo | tf.TensorInfo[]) {
      return Array.isArray(info) ? info.map(copy) : copy(info);
    }
    const result = kernel.kernelFunc({
      inputs: Object.fromEntries(copies) as tf.NamedTensorInfoMap,
      attrs: attrs as tf.NamedAttrMap,
      backend: cpu,
    }) as Outputs;
    const results = Array.isArray(result) ? result : [result];
    const outputs = results.map(({ dataId, shape, dtype }) =>
      wasm.makeOutput(shape, dtype, undefined, cpu.readSync(dataId)),
    );
    for (const { dataId } of [...copies.flatMap(([, made]) => made), ...results]) cpu.disposeData(dataId);
    return Array.isArray(result) ? outputs : (outputs[0] as tf.TensorInfo);
  };
}

/** Transposes matrices before their product: tfjs's WASM uses naive loops for transposed ones, else XNNPACK. */
function transposingMatMul(): void {
  const [plain, transpose] = (["BatchMatMul", "Transpose"] as const).map((name) =>
    tf.getKernel(name, "wasm"),
  );
  if (!plain || !transpose) throw new Error("tfjs's WASM backend lacks its matrix kernels.");
  const turned = (x: tf.TensorInfo, backend: unknown) => {
    const perm = x.shape.map((_, axis) => axis);
    perm.splice(-2, 2, x.shape.length - 1, x.shape.length - 2);
    return transpose.kernelFunc({
      inputs: { x },
      backend: backend as object,
      attrs: { perm },
    }) as tf.TensorInfo;
  };
  tf.unregisterKernel("BatchMatMul", "wasm");
  tf.registerKernel({
    ...plain,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { a, b } = inputs as { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo };
      const { transposeA, transposeB } = attrs as {
        readonly transposeA: boolean;
        readonly transposeB: boolean;
      };
      const [left, right] = [transposeA ? turned(a, backend) : a, transposeB ? turned(b, backend) : b];
      const product = plain.kernelFunc({
        inputs: { a: left, b: right },
        backend,
        attrs: { transposeA: false, transposeB: false },
      });
      const wasm = backend as BackendWasm;
      if (left !== a) wasm.disposeData(left.dataId);
      if (right !== b) wasm.disposeData(right.dataId);
      return product;
    },
  });
}

/** Registers the kernels that tfjs's WASM backend lacks, mostly gradients. They run on its cpu backend. */
export function registerMissingKernels(): void {
  transposingMatMul();
  // tfjs's kernel passes no gradient where the maximum is negative.
  tf.unregisterKernel("MaxPoolGrad", "wasm");
  const present = new Set(tf.getKernelsForBackend("wasm").map(({ kernelName }) => kernelName));
  for (const kernel of tf.getKernelsForBackend("cpu")) {
    if (present.has(kernel.kernelName)) continue;
    tf.registerKernel({ kernelName: kernel.kernelName, backendName: "wasm", kernelFunc: borrowed(kernel) });
  }
}
