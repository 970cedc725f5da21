using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Media;

/// <summary>How much the pipe of a child's output holds.</summary>
internal static partial class PipeSize
{
    // Half a frame: fewer turns of writer and reader, and still a child that runs less than a frame ahead.
    private const int Bytes = 1 << 18;
    private const int SetPipeSize = 1031;

    /// <summary>Widens it; where the system refuses, it stays as it is.</summary>
    public static void Widen(Process process)
    {
        if (OperatingSystem.IsLinux() && process.StandardOutput.BaseStream is PipeStream pipe)
        {
            _ = Control((int)pipe.SafePipeHandle.DangerousGetHandle(), SetPipeSize, Bytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int file, int command, int argument);
}
