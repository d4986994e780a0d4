import { type ReactNode, useEffect, useId, useRef } from "react";
import styles from "./dialog.module.css";

type DialogProps = {
  readonly title: string;
  readonly children: ReactNode;
  /** Its buttons. */
  readonly actions: ReactNode;
  /** Closes it by Escape. Without it, only the buttons do. */
  readonly onDismiss?: (() => void) | undefined;
  /** Nothing behind it can be read. */
  readonly isVeiled?: boolean;
};

/**
 * A question that must be answered first. The browser's own modal dialog: it holds the focus, gives it back, makes the
 * page behind it inert, and stands above everything in full screen too.
 */
export function Dialog({ title, children, actions, onDismiss, isVeiled = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();

  useEffect(() => {
    const opened = dialog.current;
    if (opened === null) return;
    const before = document.activeElement;
    opened.showModal();
    heading.current?.focus();
    return () => {
      opened.close();
      // The browser gives the focus back only while the dialog is in the page, and React has taken it out by now.
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className={isVeiled ? `${styles["dialog"]} ${styles["veiled"]}` : styles["dialog"]}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onDismiss?.();
      }}
    >
      <h2 id={titleId} ref={heading} tabIndex={-1} className={styles["title"]}>
        {title}
      </h2>
      {children}
      <div className={styles["actions"]}>{actions}</div>
    </dialog>
  );
}
