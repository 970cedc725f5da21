using System.Diagnostics;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class ChildProcessTests
{
    private static readonly string[] Endless =
    [
        "-nostdin",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=640x360",
        "-f",
        "rawvideo",
        "pipe:1",
    ];

    private static bool Lives(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Cancelling_ends_the_child_at_once()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Clips.Token);
        var tools = await Clips.ToolsAsync();
        var (id, clock, limits) = (0, Stopwatch.StartNew(), new ChildLimits { Grace = TimeSpan.FromMinutes(1) });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using var child = ChildProcess.Start(tools.Ffmpeg, Endless, limits, null, cancel.Token);
            id = child.Id;
            var buffer = new byte[100_000];
            for (var n = 0; ; n++)
            {
                Assert.Equal(buffer.Length, await child.ReadAsync(buffer, cancel.Token));
                if (n == 20)
                {
                    clock.Restart();
                    await cancel.CancelAsync();
                }
            }
        });
        Assert.False(Lives(id));
        Assert.True(clock.Elapsed < limits.Grace, $"it did not end when it was asked to, only when it was killed after {clock.Elapsed}");
    }

    [Fact]
    public async Task A_child_that_takes_too_much_processor_time_is_stopped_and_told()
    {
        Assert.SkipUnless(ChildCommand.OnPath("prlimit") is not null, "prlimit is not here");
        var limits = new ChildLimits { Processor = TimeSpan.FromSeconds(1) };
        await using var child = ChildProcess.Start("/bin/sh", ["-c", "while :; do :; done"], limits, null, Clips.Token);
        Assert.Equal("", await child.ReadTextAsync(1, Clips.Token));
        Assert.Equal("sh was stopped after 1 s of processor time, the limit for it.", (await child.WaitAsync(Clips.Token)).Stopped);
    }

    [Fact]
    public async Task Disposing_ends_a_child_that_hangs_in_a_full_pipe()
    {
        var child = ChildProcess.Start((await Clips.ToolsAsync()).Ffmpeg, Endless, new ChildLimits(), null, Clips.Token);
        _ = await child.ReadAsync(new byte[1000], Clips.Token);
        await child.DisposeAsync();
        Assert.False(Lives(child.Id));
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_a_listener_that_holds_the_child_back()
    {
        var (limits, heard) = (new ChildLimits { Grace = TimeSpan.FromMinutes(1) }, new TaskCompletionSource());
        var child = ChildProcess.Start("/bin/sh", ["-c", "while echo line >&2; do :; done"], limits, ListenAsync, Clips.Token);
        await heard.Task.WaitAsync(Clips.Token);
        var clock = Stopwatch.StartNew();
        await child.DisposeAsync();
        Assert.False(Lives(child.Id));
        Assert.True(clock.Elapsed < limits.Grace, $"it took {clock.Elapsed}");

        async ValueTask ListenAsync(string line, CancellationToken cancellationToken)
        {
            heard.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    [Fact]
    public async Task A_child_that_ignores_the_interrupt_is_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        var child = ChildProcess.Start(
            "/bin/sh",
            ["-c", "trap '' INT PIPE; echo ready; while :; do sleep 0.1; done"],
            new ChildLimits { Grace = TimeSpan.FromMilliseconds(300) },
            null,
            Clips.Token
        );
        _ = await child.ReadAsync(new byte[5], Clips.Token);
        var id = child.Id;
        await child.DisposeAsync();
        Assert.False(Lives(id));
    }

    [Fact]
    public async Task Silence_is_a_reason_to_stop()
    {
        await using var child = ChildProcess.Start(
            "/bin/sleep",
            ["30"],
            new ChildLimits { Silence = TimeSpan.FromMilliseconds(300) },
            null,
            Clips.Token
        );
        Assert.Equal("", await child.ReadTextAsync(1000, Clips.Token));
        Assert.Equal("sleep was stopped after 0.3 s without any output.", (await child.WaitAsync(Clips.Token)).Stopped);
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_is_no_silence()
    {
        await using var child = ChildProcess.Start(
            "/bin/echo",
            ["still here"],
            new ChildLimits { Silence = TimeSpan.FromMilliseconds(200) },
            null,
            Clips.Token
        );
        await Task.Delay(600, Clips.Token);
        Assert.Equal("still here\n", await child.ReadTextAsync(1000, Clips.Token));
        Assert.Null((await child.WaitAsync(Clips.Token)).Stopped);
    }

    [Fact]
    public async Task Memory_has_a_limit()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prlimit"), "prlimit is not here");
        await using var child = ChildProcess.Start(
            "/bin/sh",
            ["-c", "ulimit -v; echo $0 \"$1\"", "no shell", "a 'b' $c"],
            new ChildLimits { AddressSpace = 1L << 30 },
            null,
            Clips.Token
        );
        Assert.Equal("1048576\nno shell a 'b' $c\n", await child.ReadTextAsync(1000, Clips.Token));
    }

    [Fact]
    public async Task The_last_words_on_standard_error_are_kept()
    {
        await using var child = ChildProcess.Start(
            "/bin/sh",
            ["-c", "i=0; while [ $i -lt 100000 ]; do echo line $i >&2; i=$((i+1)); done; exit 3"],
            new ChildLimits(),
            null,
            Clips.Token
        );
        Assert.Equal("", await child.ReadTextAsync(1000, Clips.Token));
        var exit = await child.WaitAsync(Clips.Token);
        Assert.Equal(3, exit.Code);
        Assert.EndsWith("line 99999", exit.ErrorTail, StringComparison.Ordinal);
        Assert.True(exit.ErrorTail.Length < 1000);
    }

    [Fact]
    public async Task Tells_the_version_of_ffmpeg() => Assert.Matches(@"^ffmpeg \S+$", (await Clips.ToolsAsync()).Version);
}
