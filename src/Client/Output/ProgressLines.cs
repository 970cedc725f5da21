using OrleansAtlas.Errors;
using OrleansAtlas.Work;
using Spectre.Console;

namespace OrleansAtlas.Client.Output;

/// <summary>Progress on standard error: bars on a terminal, elsewhere a line when something is worth one and every few seconds.</summary>
internal static class ProgressLines
{
    /// <summary>Runs work that reports progress and shows it while it runs.</summary>
    public static async Task<T> ShowAsync<T>(Func<IProgress<ProgressReport>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(new PlainLines(TimeProvider.System));
        }

        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(PlainWriter.Below(Console.Error)) });
        return await terminal
            .Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new SpinnerColumn()
            )
            .StartAsync(context => work(new Bars(terminal, context)));
    }

    private sealed class Bars(IAnsiConsole terminal, ProgressContext context) : IProgress<ProgressReport>
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(ProgressReport value)
        {
            lock (_lock)
            {
                if (!_tasks.TryGetValue(value.Step, out var task))
                {
                    _tasks[value.Step] = task = context.AddTask(value.Step, maxValue: Math.Max(1, value.Total));
                }

                task.MaxValue = Math.Max(1, value.Total);
                task.Value = Math.Max(task.Value, value.Done);
                task.Description = value.Frames > 0 ? $"{value.Step} [grey]{value.Frames} frames[/]" : value.Step;
                if (value.Message is { } message)
                {
                    terminal.MarkupLineInterpolated($"{PlainText.Escape(message)}");
                }
            }
        }
    }

    private sealed class PlainLines(TimeProvider clock) : IProgress<ProgressReport>
    {
        private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

        private readonly Lock _lock = new();
        private long _last = clock.GetTimestamp();

        public void Report(ProgressReport value)
        {
            lock (_lock)
            {
                var due = clock.GetElapsedTime(_last) >= Every;
                if (due)
                {
                    _last = clock.GetTimestamp();
                    Console.Error.WriteLine(
                        $"{value.Step}: {value.Done} of {value.Total}{(value.Frames > 0 ? $", {value.Frames} frames" : "")}"
                    );
                }

                if (value.Message is { } message)
                {
                    Console.Error.WriteLine(message);
                }
            }
        }
    }
}
