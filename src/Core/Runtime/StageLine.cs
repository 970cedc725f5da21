namespace OrleansAtlas.Runtime;

/// <summary>What a stage took in one run.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Items">Files, frames or parts, whatever the stage handles.</param>
/// <param name="Bytes">Bytes it read or made.</param>
/// <param name="BusySeconds">Seconds at work, summed over everything that ran at once.</param>
/// <param name="WaitingSeconds">Seconds it waited for others, summed likewise.</param>
/// <param name="Workers">How many of its kind can be at work at once: busy seconds over workers is what it takes at least.</param>
/// <param name="ProcessorSeconds">Seconds of a processor it took, in this process and in the programs it started.</param>
public sealed record StageLine(
    Stage Stage,
    long Items,
    long Bytes,
    double BusySeconds,
    double WaitingSeconds,
    int Workers,
    double ProcessorSeconds = 0
);
