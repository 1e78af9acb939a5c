/** Rows of the skeleton; their widths differ as names do. */
const SKELETON_WIDTHS = ['60%', '75%', '50%', '40%', '66%', '55%'];

/** The shape of the window while the library opens: nothing moves when it is there. */
export function OpeningPage() {
  return (
    <main className="flex h-full flex-col">
      <div className="flex min-h-0 flex-1">
        <div className="w-58 shrink-0 space-y-3 border-r border-line bg-surface-1 px-4 pt-14">
          {SKELETON_WIDTHS.map((width) => (
            <div key={width} className="h-3 rounded-badge bg-surface-2" style={{ width }} />
          ))}
        </div>
        <div className="min-w-0 flex-1">
          <div className="h-11 border-b border-line" />
        </div>
      </div>
      <h1 className="flex h-9 shrink-0 items-center border-t border-line bg-surface-1 px-4 text-small text-muted">
        Opening the library…
      </h1>
    </main>
  );
}
