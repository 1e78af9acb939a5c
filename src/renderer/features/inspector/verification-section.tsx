import { CircleAlert, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { Damage, Verification, VideoDetail } from '../../../shared/media';
import { formatDateTime } from '../../format/date';
import { useServices } from '../../services';
import { Button } from '../../ui/button';
import { verifyVideos } from '../jobs/start-jobs';
import { Section } from './section';
import { outcomeWords, positionWords, uncheckedWords, unlistedWords } from './verification-words';

/** Whether the file decodes from beginning to end, where not, and the way to find out. */
export function VerificationSection({ video }: { video: VideoDetail }) {
  const services = useServices();
  const { verification } = video;
  return (
    <Section title="Verification">
      {verification ? (
        <Outcome verification={verification} />
      ) : (
        <p className="text-muted">
          Not verified yet. Verifying decodes the whole file and finds damaged places.
        </p>
      )}
      {video.state === 'ok' && (
        <Button className="mt-3" onClick={() => void verifyVideos(services, [video.id])}>
          <ShieldCheck aria-hidden />
          {verification ? 'Verify again' : 'Verify'}
        </Button>
      )}
    </Section>
  );
}

const SIGNS = {
  intact: [ShieldCheck, 'text-success'],
  damaged: [ShieldAlert, 'text-danger'],
  unreadable: [CircleAlert, 'text-danger'],
} as const;

function Outcome({ verification }: { verification: Verification }) {
  const [Icon, colour] = SIGNS[verification.outcome];
  const unchecked = uncheckedWords(verification);
  return (
    <>
      <p className="flex items-start gap-2">
        <Icon aria-hidden className={`mt-0.5 ${colour}`} />
        {outcomeWords(verification)}
      </p>
      <p className="mt-1 text-small text-muted">{formatDateTime(verification.verifiedAtMs)}</p>
      {unchecked && <p className="mt-1 text-small text-muted">{unchecked}</p>}
      {verification.damage.length > 0 && <DamageList verification={verification} />}
    </>
  );
}

function DamageList({ verification }: { verification: Verification }) {
  const { damage } = verification;
  const unlisted = unlistedWords(verification);
  return (
    <ol aria-label="Damaged places" className="mt-2 space-y-2 text-small">
      {damage.map((place, index) => (
        <DamagedPlace
          // biome-ignore lint/suspicious/noArrayIndexKey: the list belongs to one verification and never changes
          key={index}
          place={place}
        />
      ))}
      {unlisted && <li className="text-muted">{unlisted}</li>}
    </ol>
  );
}

function DamagedPlace({ place }: { place: Damage }) {
  return (
    <li>
      <p className="tabular-nums select-text">{positionWords(place)}</p>
      <p className="text-muted wrap-anywhere select-text">{place.message}</p>
    </li>
  );
}
