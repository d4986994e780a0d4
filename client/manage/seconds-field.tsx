import { useState } from "react";
import styles from "./manage.module.css";
import { secondsText } from "./policy-words.ts";

const mostMs = 60 * 60 * 1000;

type SecondsFieldProps = {
  readonly label: string;
  readonly valueMs: number;
  readonly isDisabled: boolean;
  readonly onChange: (ms: number) => void;
};

/** A small field of seconds, to a tenth, up to an hour. What is no number is put back when it is left. */
export function SecondsField({ label, valueMs, isDisabled, onChange }: SecondsFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);

  function change(text: string): void {
    setTyped(text);
    const seconds = Number(text.replace(",", "."));
    const ms = Math.round(seconds * 10) * 100;
    if (text.trim() !== "" && Number.isFinite(ms) && ms >= 0 && ms <= mostMs) onChange(ms);
  }

  return (
    <input
      className={styles["seconds"]}
      type="text"
      inputMode="decimal"
      aria-label={label}
      value={typed ?? secondsText(valueMs)}
      disabled={isDisabled}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
    />
  );
}
