import { FolderPlus } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useServices } from '../../services';
import { addDroppedFolders } from '../sidebar/add-folders';

/** Takes folders that are dropped anywhere on what it holds, and says so while they hover. */
export function DropTarget({ children }: { children: ReactNode }) {
  const services = useServices();
  const [hovering, setHovering] = useState(false);
  // Every element on the way sends its own enter and leave; the pointer is outside when they balance.
  const depth = useRef(0);

  const onDragEnter = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    depth.current += 1;
    setHovering(true);
  };
  const onDragOver = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'link';
  };
  const onDragLeave = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    depth.current -= 1;
    if (depth.current === 0) setHovering(false);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    depth.current = 0;
    setHovering(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) void addDroppedFolders(services, files);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way to the button Add folder
    <div
      className="relative h-full"
      onDragEnter={onDragEnter}
      onDragOver={onDragOver}
      onDragLeave={onDragLeave}
      onDrop={onDrop}
    >
      {children}
      {hovering && <DropOverlay />}
    </div>
  );
}

function DropOverlay() {
  return (
    <div
      data-testid="drop-overlay"
      className="pointer-events-none absolute inset-0 z-50 flex animate-appear items-center justify-center bg-surface-0/80 p-4"
    >
      <div className="flex h-full w-full items-center justify-center rounded-panel border-2 border-dashed border-accent">
        <div className="floating flex flex-col items-center px-10 py-8">
          <FolderPlus aria-hidden className="mb-3 size-8! stroke-1! text-accent" />
          <p className="text-section font-medium">Add to the library</p>
          <p className="mt-1 text-muted">
            The folder stays where it is. Its files are not changed.
          </p>
        </div>
      </div>
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}
