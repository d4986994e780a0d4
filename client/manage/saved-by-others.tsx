import { Button } from "@mantine/core";
import { Dialog } from "../ui/dialog.tsx";

type SavedByOthersProps = {
  readonly onTakeTheirs: () => void;
  readonly onKeepMine: () => void;
  readonly onDismiss: () => void;
};

/** Two people wrote at once: whoever saves last says which of the two stays. */
export function SavedByOthers({ onTakeTheirs, onKeepMine, onDismiss }: SavedByOthersProps) {
  return (
    <Dialog
      title="Somebody else saved this exam meanwhile"
      onDismiss={onDismiss}
      actions={
        <>
          <Button variant="default" onClick={onDismiss}>
            Go back
          </Button>
          <Button variant="default" onClick={onKeepMine}>
            Save mine over theirs
          </Button>
          <Button onClick={onTakeTheirs}>Load theirs</Button>
        </>
      }
    >
      <p>
        Nothing of yours is saved yet. Load what they saved, which drops your changes since you last saved; or save
        yours, which replaces theirs.
      </p>
    </Dialog>
  );
}
