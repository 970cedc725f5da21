using System.Text.Json.Serialization;

namespace OrleansAtlas.Work;

/// <summary>How a piece of work ended.</summary>
public enum WorkStatus
{
    /// <summary>Done in this call.</summary>
    Done,

    /// <summary>Was done before: nothing was computed.</summary>
    AlreadyDone,

    /// <summary>Could not be done, for the reason given.</summary>
    Failed,

    /// <summary>Not tried: there was no place for it in time, or, with a reason, what it needs is not there. Ask again, elsewhere if
    /// there is an elsewhere.</summary>
    Busy,
}

/// <summary>Segments of one film to decode, describe and store, one after the other.</summary>
/// <param name="Segment">The first.</param>
/// <param name="Count">How many.</param>
public sealed record SegmentTask(string Collection, string VideoId, int Segment, int Count = 1);

/// <summary>How a task ended. Work stops at the first segment that fails or has no frames: those after it have to be asked for
/// again.</summary>
/// <param name="Segment">The last segment that was worked on.</param>
/// <param name="Frames">Frames stored of that one.</param>
/// <param name="Reason">One sentence where it failed or could not be tried.</param>
public sealed record SegmentReceipt(string VideoId, int Segment, WorkStatus Status, int Frames, string? Reason);

/// <summary>How a film ended.</summary>
/// <param name="Frames">Frames stored, in this run and before.</param>
/// <param name="NewFrames">Frames stored in this run.</param>
/// <param name="Reason">One sentence where something of it failed.</param>
/// <param name="Damage">One sentence where something of it cannot be decoded; the rest is done.</param>
public sealed record VideoReceipt(
    string VideoId,
    string Name,
    WorkStatus Status,
    int Frames,
    int NewFrames,
    string? Reason,
    string? Damage = null
);

/// <summary>Films to add to a collection.</summary>
public sealed record IndexRequest
{
    /// <summary>Files and folders.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Which of <see cref="Shards"/> equal shares of the films to take, from 0.</summary>
    public int Shard { get; init; }

    /// <summary>Number of processes among which the films are split.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Whether films are deleted none of whose files is there any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Prune { get; init; }
}

/// <summary>Films that are gone and are kept until they are pruned.</summary>
public sealed record GoneFilms(int Films, long Frames);

/// <summary>How a run of <c>index</c> ended.</summary>
public sealed record IndexReport
{
    /// <summary>Films and photos that are all there, in ordinal order of their names.</summary>
    public required IReadOnlyList<VideoReceipt> Done { get; init; }

    /// <summary>Inputs that failed, with their reasons.</summary>
    public required IReadOnlyList<FileOutcome> Failed { get; init; }

    /// <summary>Films of <see cref="Done"/> of which something cannot be decoded: where and how much.</summary>
    public IReadOnlyList<FileOutcome> Damaged =>
        [.. Done.Where(film => film.Damage is not null).Select(film => new FileOutcome(film.Name, film.Damage!))];

    /// <summary>Files that are no films and no photos.</summary>
    public required IReadOnlyList<FileOutcome> Ignored { get; init; }

    /// <summary>What is otherwise than before.</summary>
    public IndexChanges Changes { get; init; } = new();

    /// <summary>Films that were deleted since none of their files is there, by the names they had.</summary>
    public IReadOnlyList<string> Pruned { get; init; } = [];

    /// <summary>Films none of whose files is there any more and that are still on the map.</summary>
    public GoneFilms Kept { get; init; } = new(0, 0);

    /// <summary>Places where films were known to be and nothing is any more, without a secret.</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>Those of <see cref="Ignored"/> that were not looked at: pipes, sockets, devices, folders of housekeeping.</summary>
    public IReadOnlyList<FileOutcome> LeftOut { get; init; } = [];

    /// <summary>Films that belong to other shards.</summary>
    public required int OtherShards { get; init; }

    /// <summary>The map after the run; null where there are no frames or other shards are still at work.</summary>
    public required MapReceipt? Map { get; init; }

    /// <summary>Wall-clock seconds.</summary>
    public required double Seconds { get; init; }
}

/// <summary>A map version that is there.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Model">The model version that placed its frames.</param>
/// <param name="Frames">Frames on it.</param>
/// <param name="New">False where it was there before.</param>
/// <param name="Note">One sentence where something about it should be known.</param>
public sealed record MapReceipt(string Version, string Model, long Frames, bool New, string? Note);

/// <summary>A piece of progress, for bars and lines.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Done">Films, parts or epochs done.</param>
/// <param name="Total">How many there are as far as is known.</param>
/// <param name="Frames">Frames described so far in this run.</param>
/// <param name="Message">Something worth a line of its own; null where there is nothing to say.</param>
public sealed record ProgressReport(string Step, int Done, int Total, long Frames, string? Message = null);
