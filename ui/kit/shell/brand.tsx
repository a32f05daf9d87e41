/** Driftlock's mark: a clock whose hand is held by a lock's bow. Decoration beside the product's name. */
export function Brand({ product }: { product: string }) {
  return (
    <span className="driftlock-brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
        <path className="driftlock-brand-bow" d="M9 14V10a7 7 0 0 1 14 0v4" />
        <rect className="driftlock-brand-body" x="5" y="13" width="22" height="16" rx="4" />
        <path className="driftlock-brand-hand" d="M16 17v5l3.5 2.5" />
      </svg>
      <span className="driftlock-brand-name">{product}</span>
    </span>
  )
}
