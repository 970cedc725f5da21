using System.CommandLine;
using System.CommandLine.Help;
using OrleansAtlas.Client.Cluster;
using OrleansAtlas.Client.Verbs;
using OrleansAtlas.ClusterClient;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Client;

/// <summary>From arguments to an exit code: parses, runs the verb, and turns what is expected to go wrong into one sentence.</summary>
internal static class CommandLine
{
    private static readonly InvocationConfiguration Invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new StopSignal();
        var result = Root().Parse(args);
        if (result.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"atlas: {result.Errors[0].Message.TrimEnd('.')}. Try: atlas {Name(result)}--help");
            return ExitCode.Usage;
        }

        if (ProcessLimits.Problem() is { } problem)
        {
            await Console.Error.WriteLineAsync($"atlas: {problem}");
            return ExitCode.Usage;
        }

        try
        {
            return await result.InvokeAsync(Invocation, stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("atlas: cancelled; what was done is kept, the same command goes on from here.");
            return ExitCode.Cancelled;
        }
        catch (Exception error) when (error is StoreException or ClusterException or TimeoutException)
        {
            return await FailAsync(error, ExitCode.NoStore);
        }
        catch (AtlasException error)
        {
            return await FailAsync(error, ExitCode.Usage);
        }
        catch (OutOfMemoryException error) when (!result.GetValue(CommonOptions.Verbose))
        {
            return await FailAsync(
                new AtlasException(
                    "there is not memory enough: end other programs or raise the limit (ulimit -v); what was done is kept.",
                    error
                ),
                ExitCode.SomeFailed
            );
        }
#pragma warning disable CA1031 // What nobody expected is a fault of the program: one sentence, and its trace with -v.
        catch (Exception error) when (!result.GetValue(CommonOptions.Verbose))
        {
            await Console.Error.WriteLineAsync(
                $"atlas: a fault of the program: {error.GetType().Name}: {error.Message} With -v it says where; what was done "
                    + "before is kept."
            );
            return ExitCode.SomeFailed;
        }
#pragma warning restore CA1031
    }

    private static async Task<int> FailAsync(Exception error, int code)
    {
        await Console.Error.WriteLineAsync($"atlas: {error.Message}");
        return code;
    }

    /// <summary>Every verb with its options: the whole command line.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand("A map of a film library, where frames that look alike lie side by side.")
        {
            IndexVerb.Create(),
            TrainVerb.Create(),
            PlaceVerb.Create(),
            MapsVerb.Create(),
            RemoveVerb.Create(),
            GcVerb.Create(),
            VerifyVerb.Create(),
            StatusVerb.Create(),
            MosaicVerb.Create(),
            ScatterVerb.Create(),
            PathsVerb.Create(),
            SimilarVerb.Create(),
            DissimilarVerb.Create(),
            CopiesVerb.Create(),
            ExportVerb.Create(),
            ServeVerb.Create(),
            DemoVerb.Create(),
            DoctorVerb.Create(),
            ModelVerb.Create(),
        };
        foreach (var verb in ClusterVerbs.Create())
        {
            root.Add(verb);
        }

        root.Add(CommonOptions.Json);
        root.Add(CommonOptions.Store);
        root.Add(CommonOptions.Verbose);
        root.SetAction(result => new HelpAction().Invoke(result));
        return root;
    }

    private static string Name(ParseResult result) =>
        result.CommandResult.Command is RootCommand ? "" : result.CommandResult.Command.Name + " ";
}
