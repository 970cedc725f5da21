using OrleansAtlas.Errors;

namespace OrleansAtlas.Onnx.Models;

public sealed partial class ModelLibrary
{
    /// <summary>A download that failed is not tried again for so long.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    private string FailurePath => Path.Combine(Folder, "xception.unreachable");

    /// <summary>The model of a run: the one asked for, or else <c>xception</c> where it is or can be fetched, or else <c>resnet18</c>.
    /// A failed attempt to fetch takes seconds and is remembered for a day.</summary>
    /// <param name="nameOrFile">What <c>--model</c> says; null where it was not given.</param>
    /// <param name="progress">Told the bytes that have come.</param>
    /// <param name="cancellationToken">Stops a download.</param>
    /// <returns>The model, and one line to show where <c>resnet18</c> stands in.</returns>
    /// <exception cref="ModelException">It is not there.</exception>
    public async Task<(ModelFile Model, string? Notice)> ChooseAsync(
        string? nameOrFile,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        if (nameOrFile is not null)
        {
            return (Find(nameOrFile), null);
        }

        if (!Has(KnownModels.Xception) && !FailedLately() && await TryFetchAsync(progress, cancellationToken) is { } fetched)
        {
            return (fetched, null);
        }

        var notice = "Using the model resnet18, which comes with the program, since xception could not be fetched: ";
        return (FindUsual(), Has(KnownModels.Xception) ? null : $"{notice}{KnownModels.WayOut(KnownModels.Xception)}.");
    }

    /// <summary>The model of a run for which none was asked, of those that are here.</summary>
    /// <exception cref="ModelException">None is here.</exception>
    public ModelFile FindUsual() => Find(Has(KnownModels.Xception) ? KnownModels.Xception : KnownModels.ResNet18);

    private bool FailedLately() => File.Exists(FailurePath) && _clock.GetUtcNow() - File.GetLastWriteTimeUtc(FailurePath) < Remembered;

    private async Task<ModelFile?> TryFetchAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await AddAsync(KnownModels.Xception, progress, cancellationToken);
        }
        catch (ModelException e)
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(FailurePath, e.Message + "\n", cancellationToken);
            return null;
        }
    }
}
