import { Button } from "@mantine/core";

type ReceiptLinkProps = { readonly receipt: string; readonly label: string; readonly size?: "compact-sm" | "sm" };

/** A signed checkpoint as a file. Its first line ends with the attempt's id, and so does the file's name. */
export function ReceiptLink({ receipt, label, size = "sm" }: ReceiptLinkProps) {
  const [origin = ""] = receipt.split("\n", 1);
  return (
    <Button
      component="a"
      variant="default"
      size={size}
      href={`data:text/plain;charset=utf-8,${encodeURIComponent(receipt)}`}
      download={`invigil-receipt-${origin.slice(origin.lastIndexOf("/") + 1)}.txt`}
    >
      {label}
    </Button>
  );
}
