using System.CommandLine;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Errors;
using OrleansAtlas.Hosting;
using OrleansAtlas.Images;
using OrleansAtlas.Media;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas doctor</c>: what is here and what is missing.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var command = new Command("doctor", "Say what is here and what is missing: ffmpeg, pictures, model, GPU, libtorch, store.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var checks = new List<Check>
        {
            await FfmpegAsync(cancellationToken),
            VipsLibrary.TryLoad(out var reason)
                ? new Check("pictures", true, Pictures.Codec.Version)
                : new Check("pictures", false, reason),
            Model(),
            Gpu(),
            Torch(),
            Store(call),
            new("cluster", true, "none is needed; atlas submit --cluster ADDRESS uses one"),
        };
        var well = checks.All(check => check.Ok);
        call.Answer.Write(
            new { ok = well, checks },
            writer =>
                Answer.Table(
                    writer,
                    ["", "", ""],
                    checks.Select(check => (IReadOnlyList<string>)[check.Ok ? "ok" : "MISSING", check.Name, check.Detail])
                )
        );
        return well ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static async Task<Check> FfmpegAsync(CancellationToken cancellationToken) =>
        await FfmpegTools.FindAsync(cancellationToken) switch
        {
            FfmpegLookup.Found found => new Check("ffmpeg", true, $"{found.Tools.Version} ({found.Tools.Ffmpeg})"),
            FfmpegLookup.Missing missing => new Check("ffmpeg", false, missing.Reason),
            _ => throw new InvalidOperationException("Not reached."),
        };

    private static Check Model()
    {
        var here = new ModelLibrary().List().Where(model => model.Path is not null).Select(model => model.Card.Name).ToList();
        return here.Count > 0
            ? new Check("model", true, string.Join(", ", here))
            : new Check("model", false, "none here; add one with: atlas model add xception");
    }

    // Whether a GPU is used, and in which precision, only the model that is opened there says.
    private static Check Gpu()
    {
        if (!OnnxFeatureExtractor.SeesCuda)
        {
            return new Check("GPU", true, "none that this program can use; models run on the CPU");
        }

        try
        {
            using var model = OnnxFeatureExtractor.Open(new ModelLibrary().FindUsual());
            var detail = $"{model.Card.Name} runs on {model.Provider} in {model.Precision}";
            return new Check("GPU", model.Note is null, (model.Note ?? model.WhySingle) is { } why ? $"{detail}: {why}" : detail);
        }
        catch (ModelException error)
        {
            return new Check("GPU", false, error.Message);
        }
    }

    private static Check Torch()
    {
        var torch = TorchPresence.Find();
        return torch.Here ? new Check("libtorch", true, $"{torch.Detail}: atlas train --trainer torch")
            : TorchPresence.IsNamed ? new Check("libtorch", false, torch.Detail)
            : new Check("libtorch", true, "none is needed; atlas train --trainer torch uses one, see docs/training.md");
    }

    private static Check Store(Invocation call)
    {
        try
        {
            return new Check("store", true, call.OpenStore(write: true).Location);
        }
        catch (StoreException error)
        {
            return new Check("store", false, error.Message);
        }
    }

    private sealed record Check(string Name, bool Ok, string Detail);
}
