using OrleansAtlas.Work;

namespace OrleansAtlas.Hosting;

/// <summary>Where a process keeps its collections, which models it may use, and how much it does at once.</summary>
public sealed class AtlasOptions
{
    /// <summary>Folder of the store, made where it is not there; or the address of a container of Azure Blob Storage.</summary>
    public string Store { get; set; } = "";

    /// <summary>Names or ONNX files of the only models that may be used, the first one for collections that do not say; empty for all
    /// known ones that are here. Null for any that a person names, fetched or remembered where that helps.</summary>
    public IReadOnlyList<string>? Models { get; set; }

    /// <summary>Name or ONNX file of the model of collections whose own this machine does not know; null where there is none.</summary>
    public string? Model { get; set; }

    /// <summary>What fits models.</summary>
    public TrainerKind Trainer { get; set; }

    /// <summary>How much is done at once.</summary>
    public WorkOptions Work { get; } = new();
}
