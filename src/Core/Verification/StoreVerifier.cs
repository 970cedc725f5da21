using System.Collections.Concurrent;
using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Verification;

/// <summary>Reads every artifact of a collection and compares it with its checksum, and looks for what should be there and is
/// not.</summary>
/// <param name="collection">The collection; others may work on it meanwhile.</param>
public sealed class StoreVerifier(CollectionStore collection)
{
    // Reading is bound by the disk, hashing by a core.
    private const int ReadAtOnce = 4;

    /// <summary>Looks at everything; deletes and changes nothing.</summary>
    /// <param name="progress">Told about every artifact.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<VerifyReport> VerifyAsync(IProgress<ProgressReport> progress, CancellationToken cancellationToken)
    {
        var (known, foreign) = (new List<ArtifactEntry>(), new List<string>());
        var segments = new SegmentListing(collection.Settings);
        await foreach (var entry in collection.Artifacts.ListAsync(collection.Settings.Name + "/", cancellationToken).ConfigureAwait(false))
        {
            if (collection.Names.Knows(entry.Name))
            {
                known.Add(entry);
                segments.Add(entry);
            }
            else
            {
                foreign.Add(entry.Name);
            }
        }

        var (damaged, withoutChecksum) = (new ConcurrentBag<Damage>(), 0);
        var read = new StepProgress(progress, "verify", known.Count);
        await Parallel
            .ForEachAsync(
                known,
                new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken },
                async (entry, token) =>
                {
                    switch (await collection.Artifacts.VerifyAsync(entry.Name, token).ConfigureAwait(false))
                    {
                        case Integrity.Damaged:
                            damaged.Add(new Damage(entry.Name, "is damaged: its checksum is not that of its content"));
                            break;
                        case Integrity.NoChecksum when collection.Settings.Format > 1:
                            damaged.Add(new Damage(entry.Name, "is damaged: it has lost its checksum"));
                            break;
                        case Integrity.NoChecksum:
                            Interlocked.Increment(ref withoutChecksum);
                            break;
                        default:
                            // Whole, or deleted since it was listed.
                            break;
                    }

                    read.Add();
                }
            )
            .ConfigureAwait(false);

        var seen = damaged.Select(damage => damage.Name).ToHashSet(StringComparer.Ordinal);
        var lost = await LostAsync(known, segments, cancellationToken).ConfigureAwait(false);
        return new VerifyReport
        {
            Collection = collection.Settings.Name,
            Artifacts = known.Count,
            Bytes = known.Sum(entry => entry.Length),
            WithoutChecksum = withoutChecksum,
            Damaged =
            [
                .. damaged.Concat(lost.Where(damage => !seen.Contains(damage.Name))).OrderBy(damage => damage.Name, StringComparer.Ordinal),
            ],
            Foreign = foreign,
        };
    }

    private async Task<List<Damage>> LostAsync(List<ArtifactEntry> known, SegmentListing segments, CancellationToken cancellationToken)
    {
        var there = known.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var lost = new List<Damage>();
        foreach (var film in segments.Films)
        {
            lost.AddRange(
                from segment in segments.Lost(film)
                select new Damage(collection.Names.Features(film, segment), "belongs to a segment that has lost a part of it")
            );
            lost.AddRange(Missing(there, [collection.Names.VideoRecord(film), collection.Names.Plan(film)]));
        }

        if (!there.Contains(collection.Names.MapList) && there.Any(name => name.EndsWith("/map.json", StringComparison.Ordinal)))
        {
            lost.Add(new Damage(collection.Names.MapList, "is not there, or empty, and there are maps"));
        }

        try
        {
            foreach (var version in (await collection.MapsAsync(cancellationToken).ConfigureAwait(false)).Versions)
            {
                lost.AddRange(Missing(there, MapInfo.Files.Select(file => collection.Names.Map(version, file))));
                var map = await collection
                    .ReadAsync<MapInfo>(collection.Names.Map(version, "map.json"), cancellationToken)
                    .ConfigureAwait(false);
                var model = map is null ? null : await ModelAsync(map.Model, cancellationToken).ConfigureAwait(false);
                string[] files = ["films.json", "pca.npy", "model.json", .. model?.Files ?? []];
                lost.AddRange(map is null ? [] : Missing(there, files.Select(file => collection.Names.Model(map.Model, file))));
            }
        }
        catch (DamagedArtifactException)
        {
            // Named already, by its checksum.
        }

        return [.. lost.DistinctBy(damage => damage.Name)];
    }

    private Task<ModelInfo?> ModelAsync(string version, CancellationToken cancellationToken) =>
        collection.ReadAsync<ModelInfo>(collection.Names.Model(version, "model.json"), cancellationToken);

    private static IEnumerable<Damage> Missing(HashSet<string> there, IEnumerable<string> names) =>
        from name in names
        where !there.Contains(name)
        select new Damage(name, "is not there, or empty");
}
