using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

// Why: docs/decisions/what-changed.md
/// <summary>Says which film a file is.</summary>
/// <param name="context">Opens files.</param>
/// <param name="collection">The films that are known.</param>
/// <param name="twins">Ids made of parts that more than one film has.</param>
internal sealed class FilmRecognition(WorkContext context, CollectionStore collection, IEnumerable<string> twins)
{
    private readonly ILogger _log = context.Logs.CreateLogger<FilmRecognition>();
    private readonly ConcurrentDictionary<string, bool> _twins = new(
        twins.Select(id => KeyValuePair.Create(id, true)).DistinctBy(twin => twin.Key)
    );

    /// <summary>Whether what is at a place is as it was known there, as far as this run has looked.</summary>
    public Lazy<Func<VideoSource, bool>> IsAsKnown { get; set; } = new(_ => true);

    /// <summary>What a file is, whether it was mended, and whether it was compared with another place of the film. Its id is made from
    /// parts of it, which damage elsewhere does not change: beside another file with these parts both are compared whole, and where they
    /// differ this one is a film of its own. A film that was damaged and is nowhere else was mended.</summary>
    public async Task<(string Id, bool IsMended, bool IsCompared)> RecogniseAsync(FoundFile file, CancellationToken cancellationToken)
    {
        var id = file.Id;
        if (file.Found.Size < ContentId.InParts)
        {
            return (id, false, false);
        }

        var record = await collection.VideoAsync(id, cancellationToken).ConfigureAwait(false);
        var hasTwins = _twins.ContainsKey(id);
        var other = record is null ? null : await WholeElsewhereAsync(record, file.Source.Path, cancellationToken).ConfigureAwait(false);
        if (other is null && record?.Damage is null && !hasTwins)
        {
            return (id, false, false);
        }

        var whole = await ContentId.WholeAsync(file.Opened, cancellationToken).ConfigureAwait(false);
        var own = ContentId.OfWhole(whole);
        if (whole != (other ?? record?.Damage?.Sha256))
        {
            if (hasTwins && await collection.VideoAsync(own, cancellationToken).ConfigureAwait(false) is not null)
            {
                return (own, false, true);
            }

            if (other is not null)
            {
                _log.LogFilmApart(collection.Settings.Name, file.Found.Name, record!.Name);
                _twins[id] = true;
                return (own, false, true);
            }

            if (record?.Damage is not null)
            {
                _log.LogFilmChanged(collection.Settings.Name, id);
                await collection.RemoveVideoAsync(id, cancellationToken).ConfigureAwait(false);
                return (id, true, true);
            }
        }

        return (id, false, true);
    }

    // SHA-256 of another place where the film still is; all of these are the same.
    private async Task<string?> WholeElsewhereAsync(VideoRecord record, string path, CancellationToken cancellationToken)
    {
        foreach (var source in record.Sources.Where(source => source.Path != path && IsAsKnown.Value(source)))
        {
            try
            {
                using var film = await context.Films.OpenAsync(source.Path, cancellationToken).ConfigureAwait(false);
                if (await ContentId.ComputeAsync(film.Path, cancellationToken).ConfigureAwait(false) == record.Id)
                {
                    return await ContentId.WholeAsync(film.Path, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Nothing is there any more, or nothing that can be compared.
                _log.LogNotCompared(collection.Settings.Name, source.Name, FailureText.Of(error, source.Path));
            }
        }

        return null;
    }
}
