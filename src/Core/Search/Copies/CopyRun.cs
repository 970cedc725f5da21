namespace OrleansAtlas.Search.Copies;

/// <summary>A run and in which views it was found.</summary>
/// <param name="Run">Steps and correlation.</param>
/// <param name="ViewA">Part of the first film's picture.</param>
/// <param name="ViewB">Part of the second's.</param>
/// <param name="Step">Seconds a step.</param>
/// <param name="StartA">Seconds of the first film's first step.</param>
/// <param name="StartB">Seconds of the second's.</param>
internal sealed record CopyRun(AlignedRun Run, PictureView ViewA, PictureView ViewB, double Step, double StartA, double StartB)
{
    public bool IsCropped => ViewA.IsCropped || ViewB.IsCropped;

    public double FromA => StartA + (Run.FirstA * Step);

    public double FromB => StartB + (Run.FirstB * Step);

    /// <summary>Until the last frame of the run is replaced by the next.</summary>
    public double Seconds => Run.Count * Step;
}
