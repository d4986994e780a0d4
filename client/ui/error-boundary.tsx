import { Component, type ErrorInfo, type ReactNode } from "react";
import { BrokenPage } from "./broken-page.tsx";

type Props = { readonly children: ReactNode };

/** The page's edge: what throws inside is a broken promise of our own, told once to the console and plainly to people. */
export class ErrorBoundary extends Component<Props, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error("The page broke", error, info.componentStack);
  }

  override render(): ReactNode {
    return this.state.isBroken ? <BrokenPage /> : this.props.children;
  }
}
