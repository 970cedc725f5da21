using System.Reflection;
using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests;

/// <summary>What only tests need is not public: a public type is named in the code of another project of src, bench or examples (or an
/// extension method of it is), or stands in the signature of one that is.</summary>
public sealed partial class PublicTypeTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Core")]
    [InlineData("Onnx")]
    [InlineData("Images")]
    [InlineData("Rendering")]
    public async Task Public_types_are_needed_outside_their_project(string library)
    {
        var types = Assembly.Load($"OrleansAtlas.{library}").GetExportedTypes();
        Assert.NotEmpty(types);
        Assert.Equal("", string.Join(", ", Unneeded(types, await WordsOutsideAsync(library))));
    }

    [Fact]
    public void A_type_is_needed_where_it_is_named_or_stands_in_a_signature_of_one_that_is() =>
        Assert.Equal(
            [typeof(Alone)],
            Unneeded([typeof(Named), typeof(InSignature), typeof(Alone), typeof(Extensions)], ["Named", "Extend"])
        );

    private static IEnumerable<Type> Unneeded(Type[] types, HashSet<string> words)
    {
        var open = new Queue<Type>(types.Where(type => IsNamed(type, words)));
        var needed = open.ToHashSet();
        while (open.TryDequeue(out var type))
        {
            foreach (var other in Signatures(type).SelectMany(Parts).Where(needed.Add))
            {
                open.Enqueue(other);
            }
        }

        return types.Except(needed);
    }

    private static bool IsNamed(Type type, HashSet<string> words) =>
        words.Contains(type.Name.Split('`')[0])
        || type.GetMethods()
            .Any(method => method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute)) && words.Contains(method.Name));

    private static IEnumerable<Type> Signatures(Type type)
    {
        var methods = type.GetMembers(All).OfType<MethodBase>().Where(IsVisible).ToList();
        return methods
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType))
            .Concat(methods.OfType<MethodInfo>().Select(method => method.ReturnType))
            .Concat(type.GetFields(All).Where(field => field.IsPublic || field.IsFamily).Select(field => field.FieldType))
            .Concat(type.GetInterfaces())
            .Concat(type.GetNestedTypes())
            .Concat(type.BaseType is { } parent ? [parent] : []);
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // A list of pairs is a list, a pair and what is in it.
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType
            ? Parts(type.GetElementType()!)
            : type.GetGenericArguments().SelectMany(Parts).Append(type.IsGenericType ? type.GetGenericTypeDefinition() : type);

    private static async Task<HashSet<string>> WordsOutsideAsync(string library)
    {
        string[] folders = ["src/", "bench/", "examples/"];
        var sources = (await Repository.FilesAsync(Cancel)).Where(path =>
            path.EndsWith(".cs", StringComparison.Ordinal)
            && folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))
            && !path.StartsWith($"src/{library}/", StringComparison.Ordinal)
        );
        return [.. sources.SelectMany(path => Word().Matches(Comment().Replace(Repository.Text(path), ""))).Select(match => match.Value)];
    }

    [GeneratedRegex(@"(?m)^\s*//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    internal sealed class Named
    {
        public IReadOnlyList<InSignature?[]> All { get; } = [];
    }

    internal sealed class InSignature;

    internal sealed class Alone;
}

internal static class Extensions
{
    public static string Extend(this string text) => text;
}
