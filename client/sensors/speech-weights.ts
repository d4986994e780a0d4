/** The tensors of Silero's model for 16 kHz, in the order of the file: name, and how many 32-bit floats. */
export const speechTensors = [
  { name: "stft.forward_basis_buffer", size: 258 * 256 },
  { name: "encoder.0.reparam_conv.weight", size: 128 * 129 * 3 },
  { name: "encoder.0.reparam_conv.bias", size: 128 },
  { name: "encoder.1.reparam_conv.weight", size: 64 * 128 * 3 },
  { name: "encoder.1.reparam_conv.bias", size: 64 },
  { name: "encoder.2.reparam_conv.weight", size: 64 * 64 * 3 },
  { name: "encoder.2.reparam_conv.bias", size: 64 },
  { name: "encoder.3.reparam_conv.weight", size: 128 * 64 * 3 },
  { name: "encoder.3.reparam_conv.bias", size: 128 },
  { name: "decoder.rnn.weight_ih", size: 512 * 128 },
  { name: "decoder.rnn.weight_hh", size: 512 * 128 },
  { name: "decoder.rnn.bias_ih", size: 512 },
  { name: "decoder.rnn.bias_hh", size: 512 },
  { name: "decoder.decoder.2.weight", size: 128 },
  { name: "decoder.decoder.2.bias", size: 1 },
] as const;

export type SpeechWeights = Readonly<Record<(typeof speechTensors)[number]["name"], Float32Array>>;

/** Throws if the file has another length: then it is not these weights. */
export function speechWeightsIn(file: ArrayBuffer): SpeechWeights {
  const total = speechTensors.reduce((sum, { size }) => sum + size, 0);
  if (file.byteLength !== total * 4) throw new Error(`the speech weights have ${file.byteLength} bytes`);
  let offset = 0;
  const named = speechTensors.map(({ name, size }) => {
    const values = new Float32Array(file, offset, size);
    offset += size * 4;
    return [name, values] as const;
  });
  return Object.fromEntries(named) as SpeechWeights;
}
