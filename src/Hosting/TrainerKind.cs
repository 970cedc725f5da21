namespace OrleansAtlas.Hosting;

/// <summary>What fits models.</summary>
public enum TrainerKind
{
    /// <summary>This library's own passes: no other library, one thread, the same bytes for a seed.</summary>
    Managed,

    /// <summary>libtorch, on a GPU where it sees one; where it is not here or does not fit, the managed one goes on.</summary>
    Torch,
}
