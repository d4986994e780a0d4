import { type ReactNode, useEffect } from "react";
import { ColourSchemeSwitch } from "./colour-scheme-switch.tsx";
import styles from "./page-frame.module.css";

type PageFrameProps = {
  /** Stands in the browser's tab and beside the product's name. */
  readonly title: string;
  /** What stands at the header's far end: navigation, a clock, who is signed in. */
  readonly aside?: ReactNode;
  /** The whole width, for consoles; otherwise a column that is good to read. */
  readonly wide?: boolean;
  readonly children: ReactNode;
};

/** The page around every page: header, skip link and main landmark. The page's own `h1` belongs to its children. */
export function PageFrame({ title, aside = null, wide = false, children }: PageFrameProps) {
  useEffect(() => {
    document.title = title === "Invigil" ? title : `${title} · Invigil`;
  }, [title]);
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className={styles.header}>
        <span className={styles.brand}>
          <img src="/icon.svg" alt="" width={24} height={24} />
          Invigil
        </span>
        {title === "Invigil" ? null : <span className={styles.title}>{title}</span>}
        <div className={styles.aside}>
          {aside}
          <ColourSchemeSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={wide ? `${styles.main} ${styles.wide}` : styles.main}>
        {children}
      </main>
    </>
  );
}
