import { Button, Text } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { Dialog } from "../ui/dialog.tsx";

/** Asks before what is not saved is left behind: by a link of ours with our words, otherwise with the browser's. */
export function UnsavedGuard({ isUnsaved }: { readonly isUnsaved: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isUnsaved && currentLocation.pathname !== nextLocation.pathname,
  );

  useEffect(() => {
    if (!isUnsaved) return;
    function ask(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnsaved]);

  if (blocker.state !== "blocked") return null;
  return (
    <Dialog
      title="Leave without saving?"
      onDismiss={blocker.reset}
      actions={
        <>
          <Button onClick={blocker.reset}>Stay and save</Button>
          <Button variant="default" onClick={blocker.proceed}>
            Leave; lose the changes
          </Button>
        </>
      }
    >
      <Text>Your last changes to this exam are not saved.</Text>
    </Dialog>
  );
}
