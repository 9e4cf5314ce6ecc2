@extends('layout', ['title' => 'Calm tea for the night'])
@section('description', "It's a tea")
{{-- no copy --}}
@if (count($rows) > 1)<p>{{ __('Calm tea') }} {!! $html !!} @lang('for you')</p>@endif
@php $a = ['b' => 'c d']; @endphp
@verbatim {{ x }} @endverbatim
