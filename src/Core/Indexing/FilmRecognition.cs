using Microsoft.Extensions.Logging;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

// Why: docs/decisions/what-changed.md
/// <summary>Says which film a file is.</summary>
internal sealed class FilmRecognition(WorkContext context, CollectionStore collection)
{
    private readonly ILogger _log = context.Logs.CreateLogger<SourceRegistry>();

    /// <summary>What a file is, whether it was mended, and whether it was compared with another place of the film. Its id is made from
    /// parts of it, which damage elsewhere does not change: beside another file with these parts both are compared whole, and where they
    /// differ this one is a film of its own. A film that was damaged and is nowhere else was mended.</summary>
    public async Task<(string Id, bool IsMended, bool IsCompared)> RecogniseAsync(FoundFile file, CancellationToken cancellationToken)
    {
        var id = file.Id;
        if (
            file.Found.Size < ContentId.InParts
            || await collection.VideoAsync(id, cancellationToken).ConfigureAwait(false) is not { } record
            || (record.Sources is [var only] && only.Path == file.Source.Path && record is { Damage: null, HasTwin: false })
        )
        {
            return (id, false, false);
        }

        var other = await WholeElsewhereAsync(record, file.Source.Path, cancellationToken).ConfigureAwait(false);
        if (other is null && record is { Damage: null, HasTwin: false })
        {
            return (id, false, false);
        }

        var whole = await ContentId.WholeAsync(file.Opened, cancellationToken).ConfigureAwait(false);
        if (whole == (other ?? record.Damage?.Sha256))
        {
            return (id, false, true);
        }

        var own = ContentId.OfWhole(whole);
        var isKnown = await collection.VideoAsync(own, cancellationToken).ConfigureAwait(false) is not null;
        if (other is null && !isKnown)
        {
            if (record.Damage is null)
            {
                return (id, false, true);
            }

            _log.LogFilmChanged(collection.Settings.Name, id);
            await collection.RemoveVideoAsync(id, cancellationToken).ConfigureAwait(false);
            return (id, true, true);
        }

        _log.LogFilmApart(collection.Settings.Name, file.Found.Name, record.Name);
        await collection
            .UpdateVideoAsync(id, latest => (latest ?? record) with { HasTwin = true }, cancellationToken)
            .ConfigureAwait(false);
        return (own, false, true);
    }

    // SHA-256 of another place where the film still is; all of these are the same.
    private async Task<string?> WholeElsewhereAsync(VideoRecord record, string path, CancellationToken cancellationToken)
    {
        foreach (var source in record.Sources.Where(source => source.Path != path))
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
